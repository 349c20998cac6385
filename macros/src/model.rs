//! `#[model]`: structs, enums of words, tagged unions.

use crate::fields::{Field, doc, may_be_empty};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Data, DataEnum, DeriveInput, Fields, Ident, LitStr, Variant,
    parse::{Parse, ParseStream},
};

/// `tag` and `content` of a union, and whether it is open: answers hold it, in which the platform adds words.
#[derive(Default)]
pub(crate) struct Args {
    tag: Option<String>,
    content: Option<String>,
    open: bool,
}

impl Parse for Args {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut args = Self::default();
        let parser = syn::meta::parser(|meta| {
            let text =
                |meta: syn::meta::ParseNestedMeta<'_>| Ok::<_, syn::Error>(meta.value()?.parse::<LitStr>()?.value());
            if meta.path.is_ident("tag") {
                args.tag = Some(text(meta)?);
            } else if meta.path.is_ident("content") {
                args.content = Some(text(meta)?);
            } else if meta.path.is_ident("open") {
                args.open = true;
            } else {
                return Err(meta.error("expected `tag`, `content` or `open`"));
            }
            Ok(())
        });
        syn::parse::Parser::parse2(parser, input.parse()?)?;
        Ok(args)
    }
}

/// What a kind of model comes to.
struct Parts {
    shape: TokenStream,
    derives: TokenStream,
    impls: TokenStream,
}

pub(crate) fn expand(args: &Args, mut item: DeriveInput) -> syn::Result<TokenStream> {
    let (ident, text) = (item.ident.clone(), doc(&item.attrs));
    if text.is_empty() {
        return Err(syn::Error::new(ident.span(), "every model needs a doc comment"));
    }
    let name = ident.to_string();
    let Parts { shape, derives, impls } = match &mut item.data {
        Data::Struct(data) => {
            let Fields::Named(named) = &mut data.fields else {
                return Err(syn::Error::new(ident.span(), "expected named fields"));
            };
            let fields = named.named.iter_mut().map(Field::parse).collect::<syn::Result<Vec<_>>>()?;
            let data = fields.iter().map(|f| f.data(&quote!(Place::Body)));
            for (field, declared) in fields.iter().zip(&mut named.named) {
                if may_be_empty(&field.ty) {
                    declared.attrs.push(syn::parse_quote!(#[serde(default)]));
                }
            }
            Parts {
                shape: quote!(Shape::Struct { name: host_only(#name, ""), doc: host_only(#text, ""), fields: &[#(#data),*] }),
                derives: quote!(Default, ::serde::Serialize, ::serde::Deserialize,),
                impls: quote!(),
            }
        }
        Data::Enum(data) => {
            if args.open {
                item.attrs.push(syn::parse_quote!(#[non_exhaustive]));
            }
            match &args.tag {
                None => words(args.open, &ident, &text, data)?,
                Some(tag) => {
                    if !args.open {
                        item.attrs.push(match &args.content {
                            Some(content) => syn::parse_quote!(#[serde(tag = #tag, content = #content)]),
                            None => syn::parse_quote!(#[serde(tag = #tag)]),
                        });
                    }
                    union(args, tag, &ident, &text, data)?
                }
            }
        }
        Data::Union(_) => return Err(syn::Error::new(ident.span(), "expected a struct or an enum")),
    };
    Ok(quote! {
        #[derive(Clone, Debug, PartialEq, #derives)]
        #item
        const _: () = {
            #[allow(unused_imports)]
            use ::agora_chat_admin::{operation::Place, shape::{host_only, open, Field, Limits, Model, Shape, Variant, Word}};
            impl Model for #ident { const SHAPE: Shape = #shape; }
            #impls
        };
    })
}

/// An enum of words; an open one has one variant more for those that the platform adds.
fn words(open: bool, ident: &Ident, text: &str, data: &mut DataEnum) -> syn::Result<Parts> {
    let name = ident.to_string();
    let (mut words, mut idents, mut wires) = (Vec::new(), Vec::new(), Vec::new());
    for (i, variant) in data.variants.iter_mut().enumerate() {
        let (wire, doc) = wire(variant)?;
        if i == 0 {
            variant.attrs.push(syn::parse_quote!(#[default]));
        }
        words.push(quote!(Word { value: #wire, doc: host_only(#doc, "") }));
        if !open {
            variant.attrs.push(syn::parse_quote!(#[serde(rename = #wire)]));
        }
        idents.push(variant.ident.clone());
        wires.push(wire);
    }
    let shape = quote!(Shape::Enum { name: host_only(#name, ""), doc: host_only(#text, ""), words: &[#(#words),*] });
    if !open {
        let derives = quote!(Copy, Eq, Default, ::serde::Serialize, ::serde::Deserialize,);
        return Ok(Parts { shape, derives, impls: quote!() });
    }
    data.variants.push(syn::parse_quote! {
        /// A word that this version does not know, as it came.
        Unknown(String)
    });
    Ok(Parts {
        shape,
        derives: quote!(Eq, Default,),
        impls: quote! {
            impl #ident {
                /// The word as it stands on the wire.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#idents => #wires,)*
                        Self::Unknown(word) => word,
                    }
                }
            }
            impl ::serde::Serialize for #ident {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.as_str())
                }
            }
            impl<'de> ::serde::Deserialize<'de> for #ident {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let word = <String as ::serde::Deserialize>::deserialize(deserializer)?;
                    Ok(match word.as_str() {
                        #(#wires => Self::#idents,)*
                        _ => Self::Unknown(word),
                    })
                }
            }
        },
    })
}

/// A tagged union; an open one has one variant more for what the platform adds.
fn union(args: &Args, tag: &str, ident: &Ident, text: &str, data: &mut DataEnum) -> syn::Result<Parts> {
    let name = ident.to_string();
    let content = match &args.content {
        Some(c) => quote!(Some(#c)),
        None => quote!(None),
    };
    let (mut list, mut idents, mut wires) = (Vec::new(), Vec::new(), Vec::new());
    for variant in &mut data.variants {
        let (wire, doc) = wire(variant)?;
        let Fields::Unnamed(inner) = &variant.fields else {
            return Err(syn::Error::new(variant.ident.span(), "expected a variant with one model"));
        };
        let ty = inner.unnamed.first().map(|f| &f.ty);
        list.push(quote!(Variant { value: #wire, doc: host_only(#doc, ""), shape: &<#ty as Model>::SHAPE }));
        if !args.open {
            variant.attrs.push(syn::parse_quote!(#[serde(rename = #wire)]));
        }
        idents.push(variant.ident.clone());
        wires.push(wire);
    }
    let shape = quote! {
        Shape::Union { name: host_only(#name, ""), doc: host_only(#text, ""), tag: #tag, content: #content, variants: &[#(#list),*] }
    };
    if !args.open {
        return Ok(Parts { shape, derives: quote!(::serde::Serialize, ::serde::Deserialize,), impls: quote!() });
    }
    data.variants.push(syn::parse_quote! {
        /// One that this version does not know, as it came.
        Unknown(::serde_json::Map<String, ::serde_json::Value>)
    });
    Ok(Parts {
        shape,
        derives: quote!(),
        impls: quote! {
            impl ::serde::Serialize for #ident {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        #(Self::#idents(inner) => open::write(#tag, #content, #wires, inner, serializer),)*
                        Self::Unknown(members) => ::serde::Serialize::serialize(members, serializer),
                    }
                }
            }
            impl<'de> ::serde::Deserialize<'de> for #ident {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let members = open::members(deserializer)?;
                    Ok(match open::tag(&members, #tag)? {
                        #(#wires => Self::#idents(open::read(#content, members)?),)*
                        _ => Self::Unknown(members),
                    })
                }
            }
        },
    })
}

/// A variant's wire value (`#[wire("txt")]`, else its name in lower case) and doc.
fn wire(variant: &mut Variant) -> syn::Result<(String, String)> {
    let mut value = variant.ident.to_string().to_lowercase();
    let mut kept = Vec::new();
    for attr in variant.attrs.drain(..) {
        if attr.path().is_ident("wire") {
            value = attr.parse_args::<LitStr>()?.value();
        } else {
            kept.push(attr);
        }
    }
    variant.attrs = kept;
    let text = doc(&variant.attrs);
    if text.is_empty() {
        return Err(syn::Error::new(variant.ident.span(), "every variant needs a doc comment"));
    }
    Ok((value, text))
}
